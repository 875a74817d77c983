"""Documents: what word processors, publishers and printers make."""
