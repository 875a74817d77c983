"""The version of the program. (To ask the metadata of the package for it takes 17 ms.)"""

VERSION = "0.1.0"
