"""A fake carrier and fake residents: whole telephone calls on one machine, without a telephone.

The carrier executes TwiML and streams sound in real time as Twilio does, and tells what it saw. It was written from
the carrier's specification and knows nothing of our own codec, web pages or dialogs, so it cannot share their mistakes.
"""
