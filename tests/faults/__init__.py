"""What can go wrong with a disk, a signal or another program while a verb writes: every call of it, one after the other.

`calls` steps in before and after each call that changes the disk; `scenes` are sites with work for each verb that writes;
`power` is a disk without a journal; `turns` lets two programs take turns at every call. The laws are in `tests/laws/`.
"""
