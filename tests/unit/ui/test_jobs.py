from __future__ import annotations

import threading

import numpy as np
import pytest

from latent_core.errors import CancelledError, InvalidInputError
from ui.jobs import Jobs


def test_two_visitors_get_one_job():
    jobs, go, runs = Jobs(), threading.Event(), []

    def work(report, show):
        runs.append(1)
        go.wait(5)
        return 42

    first, second = jobs.submit("k", "ann", work), jobs.submit("k", "bob", work)
    go.set()
    assert first is second
    assert first.ended.wait(5)
    assert (first.result, runs) == (42, [1])
    assert jobs.submit("k", "cid", work) is first


def test_it_stops_when_no_visitor_waits():
    jobs, started = Jobs(), threading.Event()

    def work(report, show):
        while True:
            report(0.5, "half")
            started.set()

    job = jobs.submit("k", "ann", work)
    jobs.submit("k", "bob", work)
    assert started.wait(5)
    job.unsubscribe("ann")
    assert not job.ended.wait(0.05)
    job.unsubscribe("bob")
    assert job.ended.wait(5)
    assert isinstance(job.error, CancelledError)


def test_a_failure_is_given_to_visitors_who_waited_and_others_restart_it():
    jobs = Jobs()

    def fail(report, show):
        raise InvalidInputError("no")

    job = jobs.submit("k", "ann", fail)
    assert job.ended.wait(5)
    assert str(job.error) == "no"
    assert jobs.submit("k", "ann", fail) is job
    jobs.dismiss(job, "ann")
    again = jobs.submit("k", "ann", lambda report, show: 1)
    assert again is not job
    assert jobs.submit("k", "bob", fail) is again
    assert again.ended.wait(5)
    assert again.result == 1


def test_intermediate_points_and_progress_are_stored():
    jobs = Jobs()

    def work(report, show):
        report(2.0, "beyond")
        show(np.ones((3, 2), np.float32))

    job = jobs.submit("k", "ann", work)
    assert job.ended.wait(5)
    assert (job.fraction, job.message) == (1.0, "beyond")
    assert job.points.shape == (3, 2)


@pytest.mark.parametrize("count", [100])
def test_ended_jobs_are_removed(count):
    jobs = Jobs()
    for number in range(count):
        jobs.submit(str(number), "ann", lambda report, show: None).ended.wait(5)
    assert len(jobs._jobs) <= 34
