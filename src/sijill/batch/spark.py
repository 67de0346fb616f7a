"""The same reading by Apache Spark, on one machine or many.

`in_spark` does a run's units. Spark hands them to workers and gives each to another when one dies; the worker takes the rows of the unit
and writes its part as the processes of one machine do. Spark's own readers and its file sink are not used for that, on purpose. Its JSON
reader has another idea of bad lines, byte order marks and half surrogates, so that texts, and with them readings, would differ. And what
its sink promises holds only for readers that know its log: a killed driver leaves files in the folder that the log does not name. A part
that takes the name of its unit when it is complete is there once for everybody, after any kill, and whether Spark or one machine does the
rest.

`read_frame` is the bare stage on a DataFrame, batch or streaming, for those who have their texts in Spark already. What is written there,
and how often, is for their sink to promise.

Only this module imports pyspark (`sijill[spark]`), and only when it is called.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import warnings
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from sijill.batch.engine import TRIES
from sijill.batch.stage import FIELDS, Options, output_schema, read_batches
from sijill.batch.tasks import Engine, Outcome, Task, do
from sijill.errors import InputError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["in_session", "in_spark", "read_frame", "session"]

MASTER = "local[2,4]"
"""Two cores of this machine, and four tries for every task: with a plain `local[2]` there is one, and a worker that dies costs a job."""

_JOBS = TRIES + 2
"""After so many jobs that ended before their time it is not a row that ends them."""

_PARTITIONS = 20_000
"""More tasks than these are grouped: the driver keeps a book of each."""
_RECORDS = 64
"""So many rows go to a worker at once."""


def session(master: str | None = None) -> SparkSession:
    """A Spark session with what our workers need: this Python, and few rows at a time.

    Raises `InputError` where pyspark or Java is missing, or Spark does not start.
    """
    try:
        import pandas  # noqa: F401 — Spark wants it wherever Arrow is spoken
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as wrong:
        raise InputError("Spark needs pyspark and pandas; install them with: pip install 'sijill[spark]'") from wrong
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java") and not (home and os.path.exists(os.path.join(home, "bin", "java"))):
        raise InputError("Spark needs Java 17 or newer; install it, or name its folder in JAVA_HOME")
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    master = master or MASTER
    builder = SparkSession.builder.master(master).appName("sijill batch read")
    settings = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(_RECORDS),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
    }
    if master.startswith("local"):  # nothing of it leaves the machine, and the machine's name need not be known
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        made = builder.getOrCreate()
    except (PySparkException, RuntimeError, OSError) as wrong:
        raise InputError(f"Spark did not start ({_first_line(wrong)}); it needs Java 17 or newer, and a master that answers") from wrong
    made.sparkContext.setLogLevel("OFF")
    return made


def in_spark(tasks: list[Task], *, master: str | None = None) -> Generator[Outcome, None, None]:
    """Do tasks in a session of their own; what came of each, when all are done. See `in_session`."""
    with in_session(master) as do_tasks:
        yield from do_tasks(tasks)


@contextlib.contextmanager
def in_session(master: str | None = None) -> Iterator[Engine]:
    """A session for one lot of tasks after the other. What they need, and make, must lie where every worker finds it under the same path.

    A worker that dies leaves its task to Spark, which tries again, from the third time on carefully; a job that ends all the same is
    followed by one for what is left. Doing tasks raises `InputError` where that does not help; what was done is kept.
    """
    with warnings.catch_warnings():  # of a version of pandas of which we use nothing
        warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
        spark = session(master)
        try:
            yield partial(_collected, spark)
        finally:
            with contextlib.suppress(Exception):  # a session that broke cannot be stopped again
                spark.stop()


def _collected(spark: SparkSession, tasks: Sequence[Task]) -> Generator[Outcome, None, None]:
    """Spark ends a job when one of its tasks died as often as the master allows. What is left is then another job."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    for died in range(_JOBS):
        try:
            yield from _done_in_a_job(spark, tasks, died)
            return
        except (PySparkException, Py4JError, OSError) as wrong:
            if died == _JOBS - 1:
                raise InputError(f"Spark gave up ({_first_line(wrong)}); what was done is kept: run this again to go on") from wrong
        there = {task.id: task for task in tasks if task.is_done()}
        yield from map(do, there.values())  # they are there: this tells of them
        tasks = [task for task in tasks if task.id not in there]


def _done_in_a_job(spark: SparkSession, tasks: Sequence[Task], died: int) -> Iterator[Outcome]:
    table = pa.table({"task": pa.array([msgspec.json.encode(task) for task in tasks], pa.binary())})
    frame = spark.createDataFrame(table).repartition(max(1, min(len(tasks), _PARTITIONS)))
    for row in _waited_for(spark, frame.mapInArrow(partial(_work, died=died), "outcome binary")):
        yield msgspec.json.decode(bytes(row.outcome), type=Outcome)


def _waited_for(spark: SparkSession, frame: DataFrame) -> list[Any]:
    """The rows of a frame. A thread waits for them: the line to Java that it holds could not be told to end the job when we are."""
    with ThreadPoolExecutor(1) as threads:
        job = threads.submit(frame.collect)
        try:
            return job.result()
        except (KeyboardInterrupt, SystemExit):
            spark.sparkContext.cancelAllJobs()
            raise


def _work(batches: Iterator[pa.RecordBatch], died: int) -> Iterator[pa.RecordBatch]:
    """What a worker does: its tasks, one by one; row by row, when workers died of them before, or jobs."""
    from pyspark import TaskContext

    context = TaskContext.get()
    careful = died + (context.attemptNumber() if context else 0) >= TRIES
    for batch in batches:
        for told in batch.column("task").to_pylist():
            outcome = do(msgspec.json.decode(told, type=Task), careful=careful)
            yield pa.RecordBatch.from_pydict({"outcome": pa.array([msgspec.json.encode(outcome)], pa.binary())})


def read_frame(frame: DataFrame, options: Options | None = None) -> DataFrame:
    """The rows of a DataFrame, read: a column `text` in, and if there are any `id`, `title`, `outlet`, `url`, `published`, `language`; the
    columns of `sijill.batch.stage.output_schema` out.

    Spark keeps no order of rows; `place` is taken from a column of that name. A row that ends its worker ends the job in the end, which
    only `in_spark` can help.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    options = options or Options()
    wanted = [name for name in frame.columns if name in FIELDS]
    schema: Any = from_arrow_schema(output_schema(options))
    return frame.select(*wanted).mapInArrow(partial(read_batches, options=options), schema)


def _first_line(wrong: BaseException) -> str:
    lines = [line.strip() for line in str(wrong).splitlines() if line.strip()]
    return " ".join(lines[:1])[:300] or type(wrong).__name__
