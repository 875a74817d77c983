"""The version of the program. (To ask the package's metadata takes twenty times as long as all else of a module.)"""

VERSION = "0.1.0"
