"""Recognition: when the caller's turn begins and ends, which engine listens, and what it heard.

Sound (16-bit PCM) comes in, alternatives with readings go out. This room knows the recognition engines and their model
files. It must not know the carrier, the dialog, the network of the call or the clock: time is seconds of audio.
"""
