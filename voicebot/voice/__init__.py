"""The voice room: prompts become sound for the telephone (mu-law, 8 kHz).

A prompt is a recording by a person, or what a synthesiser makes of it: Open JTalk or Kokoro for Japanese, pyttsx3 (that
is eSpeak NG on Linux) for other languages and as the last resort. The room knows how to speak, to level and to keep
sound; it must not know who is calling, what the conversation is about, or which carrier takes the sound away.
"""
