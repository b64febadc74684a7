### Why nobody was signed in with the browser: what happened, and as .text what helps.
