"""Kernels that start warm: each a process of its own, forked from one that has imported and used the libraries already.

The driver (`warm`, `provisioner`, `manager`) asks the warm parent (`parent`) for a kernel; the parent forks a supervisor
(`supervisor`) that forks the kernel (`become`), tells the driver how it ended, and leaves nothing of it behind.
"""
