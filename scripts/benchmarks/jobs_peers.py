# SPDX-License-Identifier: Apache-2.0
"""Other queues on PostgreSQL behind the five commands that `etalon-bench jobs` has.

    jobs_peers.py procrastinate|pgqueuer|pgmq remaining|setup|enqueue|worker|probe [options]

Each job carries a number, -1 or that of a probe, and does nothing but count itself. pgmq has no worker of its own: the loop here
reads a batch, runs it, deletes it, and waits for its notification.
"""

import argparse
import asyncio
import contextlib
import os
import random
import signal
import sys
import time

from jobs_board import Board


class Procrastinate:
    REMAINING = "select count(*) from procrastinate_jobs where status in ('todo', 'doing')"

    def __init__(self):
        import procrastinate
        self.app = procrastinate.App(connector=procrastinate.PsycopgConnector(
            kwargs={"dbname": os.environ["PGDATABASE"]}, min_size=1, max_size=8))
        self.board, self.index = None, 0

        @self.app.task(name="nothing", queue="bench")
        async def nothing(number):
            self.board.run(self.index, number)
        self.task = nothing

    @contextlib.asynccontextmanager
    async def opened(self):
        async with self.app.open_async():
            yield

    async def setup(self):
        await self.app.schema_manager.apply_schema_async()

    async def one(self, number):
        await self.task.defer_async(number=number)

    async def many(self, count):
        await self.task.batch_defer_async(*({"number": -1} for _ in range(count)))

    async def work(self, board, index, concurrency):
        self.board, self.index = board, index
        await self.app.run_worker_async(queues=["bench"], concurrency=concurrency, listen_notify=True)


class PgQueuer:
    REMAINING = "select count(*) from pgqueuer"

    @contextlib.asynccontextmanager
    async def opened(self):
        import asyncpg
        from pgqueuer.db import AsyncpgDriver
        from pgqueuer.queries import Queries
        connection = await asyncpg.connect()
        self.driver = AsyncpgDriver(connection)
        self.queries = Queries(self.driver)
        yield
        await connection.close()

    async def setup(self):
        await self.queries.install()

    async def one(self, number):
        await self.queries.enqueue("nothing", str(number).encode(), 0)

    async def many(self, count):
        await self.queries.enqueue(["nothing"] * count, [b"-1"] * count, [0] * count)

    async def work(self, board, index, concurrency):
        from datetime import timedelta
        import pgqueuer
        queue = pgqueuer.PgQueuer(self.driver)

        @queue.entrypoint("nothing")
        async def nothing(job):
            board.run(index, int(job.payload))
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, queue.shutdown.set)
        await queue.run(batch_size=concurrency, dequeue_timeout=timedelta(seconds=30))


class Pgmq:
    REMAINING = "select count(*) from pgmq.q_bench"

    @contextlib.asynccontextmanager
    async def opened(self):
        import psycopg
        self.connection = await psycopg.AsyncConnection.connect(autocommit=True)
        yield
        await self.connection.close()

    async def setup(self):
        from pgmq.install import get_embedded_install_sql
        await self.connection.execute(get_embedded_install_sql())
        await self.connection.execute("select pgmq.create('bench'), pgmq.enable_notify_insert('bench', 0)")

    async def one(self, number):
        await self.connection.execute(
            "select pgmq.send('bench', jsonb_build_object('number', %s::int))", (number,), prepare=True)

    async def many(self, count):
        await self.connection.execute(
            "select pgmq.send_batch('bench', array_fill('{\"number\": -1}'::jsonb, array[%s::int]))", (count,), prepare=True)

    async def work(self, board, index, concurrency):
        ending = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ending.set)
        await self.connection.execute('listen "pgmq.q_bench.INSERT"')
        while not ending.is_set():
            rows = await (await self.connection.execute(
                "select msg_id, (message ->> 'number')::int from pgmq.read('bench', 60, %s)", (concurrency,),
                prepare=True)).fetchall()
            for _, number in rows:
                board.run(index, number)
            if rows:
                await self.connection.execute(
                    "select pgmq.delete('bench', %s::bigint[])", ([row[0] for row in rows],), prepare=True)
            else:
                async for _ in self.connection.notifies(timeout=1, stop_after=1):
                    pass


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=("procrastinate", "pgqueuer", "pgmq"))
    parser.add_argument("command", choices=("remaining", "setup", "enqueue", "worker", "probe"))
    for name, kind in (("n", int), ("batch", int), ("index", int), ("board", str), ("concurrency", int), ("gap", float)):
        parser.add_argument(f"--{name}", type=kind)
    options = parser.parse_args()
    peer = {"procrastinate": Procrastinate, "pgqueuer": PgQueuer, "pgmq": Pgmq}[options.peer]()
    if options.command == "remaining":
        print(peer.REMAINING)
        return
    async with peer.opened():
        if options.command == "setup":
            await peer.setup()
        elif options.command == "worker":
            await peer.work(Board(options.board), options.index or 0, options.concurrency or 10)
        elif options.command == "probe":
            board = Board(options.board)
            for probe in range(options.n):
                await asyncio.sleep(options.gap * random.uniform(0.5, 1.5))
                board.stamp(0, probe)
                await peer.one(probe)
                board.stamp(1, probe)
        else:
            begun = time.perf_counter()
            if options.batch == 1:
                for _ in range(options.n):
                    await peer.one(-1)
            else:
                for _ in range(options.n // options.batch):
                    await peer.many(options.batch)
            print(time.perf_counter() - begun)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
