/**
 * The text of `--help`.
 */
export const help = `Runs generator functions as cooperative tasks and prints every context switch.

  yieldpoint trace FILE CALL... [options]   run the calls as tasks, in turn, one step each
  yieldpoint trace --setup NAME [options]   the same with the file and the calls of a setup
      --until first|all|task:NAME   stop at the first return or error (the default), once all tasks have ended, or once this one has
      --steps N             stop after N steps
      --format text|jsonl   a table to read (the default), or one JSON object per line
      --policy POLICY       who runs next: round-robin (the default), fcfs, lifo, priority, random, lottery, fair, pct, or
                            a file that exports one; parameters follow the name, as in lottery:counter=3,quantum=2
      --seed N              the seed of a random policy; without it one is drawn, and the outcome names it. A seed for a
                            policy that takes none is refused, as is a parameter for a task that does not exist
      --virtual-time[=STEP] virtual time: clocks, timers and sleeps move by STEP milliseconds at each step (1 by default) and jump ahead
                            when nobody is ready, and random numbers come from a seed (0, or that of --seed): a run repeats exactly
      --way cooperative|threads|processes   as threads, calls may give way anywhere: before each read and write of what others can see. A call is then
                            any expression that calls a function: 'add()'; it runs when its task is first picked. As processes, each task has
                            one of its own, with a state of its own, and all run at the same time
      --switch-points accesses|lines   of threads: only at each line
      --schedule TEXT|@FILE replay a schedule, which an outcome has as "schedule"; its calls are the tasks and its virtual time is
                            used, if it has any. It says which tasks ran, not what they did: --against compares that, too
      --against FILE        replay the schedule of a saved trace, and compare: the first step that differs, or prints something
                            else, is named, with what was recorded and what happened now, and the exit code is 2
      --save FILE           save the trace, to be opened in VS Code or by the commands below; FILE ends in .yieldtrace
      --setup NAME          file, tasks, policy, seed, until and virtual time of a setup in the nearest .vscode/yieldpoint.json, from this folder
                            upwards; FILE, calls and options that are given count more. Also for explore, compare and list
      --node PATH           the Node to run the file with; otherwise the one on PATH
      --python PATH         the Python to run the file with; otherwise the one on PATH
  yieldpoint observe FILE [options] [-- ARGUMENT...]   run a program that resumes its generators itself, to its end, and print its context
                            switches: a task is a generator that is resumed by a call of next or send, or by a library
      --setup NAME          its file, and what the setup says of the program; what follows takes the place of the arguments
      --never-task NAME     a function that never counts as a task: what it does belongs to whoever resumes it; may be given several times
      --always-task NAME    a function that counts even where something iterates over its generators; may be given several times
      --steps N, --format text|jsonl, --virtual-time[=STEP], --seed N, --save FILE, --node PATH, --python PATH   as for trace
  yieldpoint explore FILE CALL... [options]   try the orders of the tasks, and sort them by what comes of them: for each outcome how many
                            orders lead there, the calmest of them as a schedule, and why
      --check EXPR          must hold when an order is over; --invariant EXPR must hold after every step. An order also fails by an exception,
                            a deadlock, a livelock, starvation, or a task that does not give back control
      --watch EXPR          its value at the end is part of the outcome; may be given several times
      --counts LIST         what else is part of it: values (what tasks return, the default), output, both with a comma, or none
      --strategy STRATEGY   exhaustive, exhaustive:reduce=1, merging, delays:d=N, preemptions:n=N, random, pct, urw, pos or portfolio. Without it all orders are tried if there
                            are up to 200000; otherwise classes of orders that cannot differ; if these are too many, a portfolio of strategies
      --delays N            all orders that pass over at most N ready tasks, compared with the policy: --strategy delays:d=N
      --preemptions N       of threads: all orders in which at most N times another one runs although the last one could go on
      --way cooperative|threads, --switch-points accesses|lines   as for trace
      --policy POLICY       from which deviations are counted, and by which witnesses are calm: round-robin (the default), fcfs, lifo or priority,
                            with their parameters
      --orders N, --seconds S   the maximum; a random search ends after 10 seconds otherwise
      --seed N              of the random strategies; 0 by default. The same seed and the same --orders give the same search
      --shard I/N           only part I of N of the search, for several machines
      --steps N             an order is cut after N steps; 1000 by default
      --until first|all     an order is over at the first return, or once all tasks have ended (the default)
      --virtual-time[=STEP] by how many milliseconds a step moves the clock (1 by default): all orders run under virtual time
      --test node|mocha|vitest|pytest   the most frequent failing outcome as a regression test, which replays its witness by the package
                            cotasks; printed in place of the report, or with --out FILE written to a file
      --setup NAME, --format text|jsonl, --node PATH, --python PATH
  yieldpoint explore merge FILE... [--format text|jsonl]   puts together what shards have printed as jsonl, and says what is missing
  yieldpoint compare FILE CALL... --policies POLICY,POLICY,... [--seed N] [--virtual-time[=STEP]] [--way WAY] [--steps N]
             [--runs N] [--measure NAME=EXPR] [--format text|markdown|jsonl|csv]
                            the same tasks under several policies: steps, returns, waits, fairness, outcomes, and who ran when
  yieldpoint compare --setups NAME,NAME,... [--steps N] [--runs N] [--measure NAME=EXPR] [--format text|markdown|jsonl|csv]
                            setups, each with its own file, tasks, way, policy, seed and virtual time: time, throughput, how much of a
                            processor is used, measures, steps, context switches, preemptions, waits, outcomes, and the values of its
                            watches at the end. All run to their end, or for 20 s
      --steps N             the maximum number of steps of each; 100000 by default
      --runs N              how often each runs, one after the other, so that times are measured; 3 by default for setups
      --measure NAME=EXPR   an expression that is evaluated at the end of each run, such as served='len(done)'. The first one is what
                            the throughput counts, if it is a number. It can be given several times; setups may have measures, too
      --node PATH, --python PATH
  yieldpoint list FILE [--format text|jsonl]   the generator functions that can be run as tasks, and those that cannot be called
      --node PATH, --python PATH   the interpreter that checks whether the file can be read; none of its code is run
  yieldpoint show FILE [--format text|jsonl]   the steps of a saved trace, as trace prints them,
                            after its policy and the beginning of its schedule; the outcome in jsonl has the whole schedule
      --from N --to M       only these steps
      --task NAME           only the steps of this task; may be given several times
      --explored            instead of the steps, the outcomes of the search that was saved with the trace, as explore prints them
  yieldpoint export FILE --as chrome|jsonl|text|svg [--out FILE]   to a file, or to standard output
      chrome                Chrome Trace Event JSON, for Perfetto: tasks are threads, slices follow each other without gaps,
                            and a wait for a request is a span of its task
      jsonl                 what trace prints as jsonl
      text                  a table with one column per task, to be pasted into an issue or a chat
      svg                   the timeline as a picture, readable on light and dark backgrounds; of processes, by time
  yieldpoint stats FILE [--format text|jsonl]   steps, run time, longest slice and wait, and output of each task
  yieldpoint --help
  yieldpoint --version

As jsonl, list prints {"name","kind","line","column","parameters","call"}, and for what cannot be called
{"unreachable":NAME,"line","column","barrier":"main|function|block|private|abstract|unnamed|never|deleted",
"where","remedy"}.

A call is any expression in the file's own scope that evaluates to a generator: 'counter()', 'new Worker(2).run()'. A task of another
file of the same language has that file before it: 'other.ts: counter()'.

jsonl prints, for trace, show and export:
  {"step":1,"task":"counter","event":"yielded","value":"undefined","line":12,"column":7,"micros":3.1}
      event is yielded, returned, threw or closed; line and column count from 1 and are those of the yield point, or of the
      throw; they are absent where there is none. Where a schedule sent or threw a value into the task, "sent" or "thrown" is its
      expression; "closing":true says that the task was told to close. A throw also has "error":
      {"message":"Error: no price","at":PLACE,"frames":[PLACE,...],"related":[{"name":"cause","message":...},...],"omitted":2}
      message is never shortened; a PLACE is {"file","line","column","function"}; at is where it was first thrown, absent where that
      is not known; frames are the user's own, innermost first (in JavaScript, of where the error was created); related are the
      errors that it refers to, each in the same form, under the language's names: cause, errors[0], error and suppressed,
      __cause__, __context__, exceptions[0]; omitted says how many more of these there are
      "waits" says what the step left its task waiting for: {"for":KIND}, where KIND is acquire, put, take or event, each with
      "resource", and "heldBy" for a lock that others hold; join, with "task"; sleep, with "until", in milliseconds; or promise.
      For any and all it is {"any":[...]} or {"all":[...]}; a part that has come already is "served":true. "woke" has the names
      of the tasks that the step woke
      For processes, "began" is when the slice began, in microseconds since the first one did; steps are in the order of their ends
      For observe, "resumedBy" is {"function","file","line"}: the frame that resumed the task; "simulated" is what the
      clock of a simulation shows, in whose units "until" is then
  {"woke":["download"],"after":5}
      tasks that a time or a promise woke between step 5 and the next one
  {"output":"stdout","step":1,"text":"..."}
      what was printed in a step, before the line of that step; step 0 is the loading of the file; of a saved trace, "stdin" is what
      was typed, and "\\u0004" the end of the input. What timers and threads print after all tasks have ended comes after the last step: it is waited for, up to 5 seconds.
      "dropped":N says that N more characters were cut off
  {"outcome":{"steps":9,"stopped":"first-return","tasks":{"bogosort":{"state":"returned","value":"[1, 2, 3]"}}}}
      the last line. For observe, stopped is exited, with the program's "exitCode", or threw, with the "error" that nobody has caught,
      or as for trace: stopped is first-return, threw, task-ended, all-finished, deadlock, blocked, step-limit, schedule-over, held, refused,
      trace-full, stopped (Ctrl-C) or failed; a saved trace does not have it. Of a deadlock, "cycle" is
      [{"task":"ann","waitsFor":"fork 2","since":3},...]: each waits for what the next one holds, or without "waitsFor" for
      its end, and the last for the first. "why" says the same in words; if stopped is blocked, it says why nobody is woken.
      "virtualTime":{"virtual":1,"seed":0} is there under virtual time.
      "warnings" is [{"kind","task","steps","message"},...], if there are any. For trace and show the outcome has the "policy" with its
      "seed", and the "schedule", which --schedule replays. Where there is none, "noSchedule" says why, for example because it
      has more than 4194304 characters (a random run of several million steps). A saved trace keeps 32 MB of output:
      "outputLostFrom":N says that output from step N on was not kept

jsonl prints, for explore, an object for each outcome, the most frequent first, and last one about the search:
  {"outcome":{"steps":6,"stopped":"all-finished","tasks":{...},"watches":{"account":"1"},"why":"..."},"orders":12,"failing":true,"by":"check",
   "witness":"virtual-time:step=1,seed=0; round-robin; ...","deviations":0,"switches":5,"explanation":"...","explained":"...","other":"..."}
      the outcome is that of trace; stopped can also be invariant, livelock, starvation, hung or died. by is check, invariant,
      threw, deadlock, livelock, starvation, hung or died. Of a livelock or starvation, "repeats" is the first step that is repeated for ever.
      --schedule WITNESS replays the witness. The steps in the explanation are those of the witness, or of the schedule in
      "explained"; "other" is the same order, but for the two steps that decide
  {"explored":{"orders":20,"of":20,"claim":"all","strategy":"exhaustive","pruned":0,"cut":0,"deterministic":true,"seed":0,"millis":3,
   "says":[...],"verdicts":[...],"opaque":[...],...}}
      claim is all (all orders), delays (all with at most "delays" deviations), preemptions (with at most "preemptions"), sample (some), or void: the order alone does not
      determine what happens. Where classes of orders that cannot differ are counted, "classes" takes the place of "orders". "of" is
      an estimate with its standard "deviation", unless all orders were tried. With --strategy merging, "merged" of the orders
      were not run to their ends, since another one had come to the same state

jsonl prints, for compare, an object for each policy or setup; csv a row, with a column for each measure and each watch; text is Markdown. Where there were several runs, the
figures are those of the run with the median time; in jsonl "runs" has those of all. A setup that could not be run has a "problem".

Python runs with PYTHONHASHSEED=0 unless it is set, so that sets of strings have the same order every time.

Exit codes: of observe, that of the program, 1 if it cannot be parsed. Otherwise 0 done, 1 a task threw, tasks wait that nobody can wake, or an explored order fails, 2 bad usage or input, a file that cannot be read, a replay that differs from the trace that it is
compared with, or a damaged trace file (its undamaged part is printed, and the reason goes to stderr), 3 the runner failed,
130 stopped by Ctrl-C.
`;
