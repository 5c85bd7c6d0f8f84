"""Sound as bytes: the telephone's code, sampling rates, WAV files, voice activity, and the clock of playback.

This room is pure: bytes in, bytes or facts out. It must not know the carrier, the disk, the event loop or the time of
day; where time matters it is an argument. Throughout, `pcm` is 16-bit signed little-endian and `mulaw` is G.711 mu-law
at 8,000 bytes a second.
"""
