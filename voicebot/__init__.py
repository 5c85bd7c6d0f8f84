"""voicebot: the telephone line that answers for city hall.

Read `docs/architecture.md` for the rooms of this house and the direction of the imports between them.
"""

import os

# onnxruntime (for Open JTalk's readings and Kokoro) collects telemetry for its maker unless it is told not to before it
# is loaded. Nothing leaves this machine but calls.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
