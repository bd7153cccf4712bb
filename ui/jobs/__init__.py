"""The one door between the window and the database.

Screens call ``jobs.ask(question, then)`` and ``jobs.act(action, then)`` with a use
case, and ``jobs.do(chore, then)`` with what needs no database; nothing else crosses
a thread or touches a database.  What they may rely on:

1. An answer arrives on the UI thread; no QObject is made, touched or destroyed on
   another one, by Python's garbage collector neither.
2. A newer question in the same lane stops the older one in the server.
3. A closed screen never hears an answer, and its questions are stopped.
4. An action or a chore is never cancelled; its failure is heard even if the screen is gone.
5. Questions, exports, actions and cancels never wait for one another.
6. When the line is lost, questions are asked again by themselves; an action whose
   fate is unknown is looked up by its key before it is offered again.
"""

from ui.jobs.jobs import Jobs
from ui.jobs.work import Action, Failure, Job, JobKind, JobState, Progress, Question

__all__ = ["Action", "Failure", "Job", "JobKind", "JobState", "Jobs", "Progress", "Question"]
