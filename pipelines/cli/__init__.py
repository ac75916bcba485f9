"""The command line ``fenwei``, a thin rim: options in, steps called, reports out."""
