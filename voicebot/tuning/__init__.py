"""Learning from calls: conversations played without a telephone, stored calls stepped again.

This room steps the dialog machine as a call does, but answers its orders at once and without sound. It must not know
carriers, engines, voices or the disk.
"""
