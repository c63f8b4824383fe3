"""The server is quiet when no script has run for a while."""

from __future__ import annotations

from threading import Thread

from ui.startup.activity import MAX_WAIT_S, NO_VISITOR_S, QUIET_S, Activity


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_before_the_first_visitor_the_server_is_quiet_after_a_while():
    clock = Clock()
    activity = Activity(clock)
    assert activity.remaining_s() == NO_VISITOR_S
    clock.now += NO_VISITOR_S
    assert activity.remaining_s() <= 0
    activity.wait_until_quiet()  # returns at once


def test_a_script_run_is_not_quiet_and_neither_is_the_moment_after_it():
    clock = Clock()
    activity = Activity(clock)
    with activity.script_run():
        with activity.script_run():
            pass
        assert activity.remaining_s() == float("inf")
    assert activity.remaining_s() == QUIET_S
    clock.now += QUIET_S
    assert activity.remaining_s() <= 0


def test_a_server_that_is_never_quiet_is_waited_for_only_so_long():
    clock = Clock()
    activity = Activity(clock)
    waiting = Thread(target=activity.wait_until_quiet)
    with activity.script_run():
        waiting.start()
        clock.now += MAX_WAIT_S
        with activity.script_run():  # wakes the thread, which looks at the clock
            waiting.join(10)
            assert not waiting.is_alive()


def test_work_waits_for_libraries_only_during_a_warm_up():
    assert Activity().libraries_ready.is_set()
