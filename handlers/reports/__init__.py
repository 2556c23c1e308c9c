"""Reports: one file each, the same figures for chat, shell and paper."""
