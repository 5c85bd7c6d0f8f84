"""What `voicebot check` says beyond the faults for which content is refused: things that staff should look at.

A fault stops a load: the machine could not go on. What is found here does not: the line works, but somebody may be
misunderstood, hear the wrong language, or be told what is no longer true. Pure: takes the content, its files as
documents, today, and what is installed. It must not know the disk, the clock, voices or recognisers.
"""
