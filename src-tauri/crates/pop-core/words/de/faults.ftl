### What a fault means: what happened, and as .text the likely cause and the step that helps.
