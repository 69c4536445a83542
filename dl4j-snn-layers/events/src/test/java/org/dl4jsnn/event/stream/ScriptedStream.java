package org.dl4jsnn.event.stream;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;

/** Returns what a test scripts, and runs the test's actions in between. */
final class ScriptedStream implements EventStream {

  static final SensorSize SENSOR = new SensorSize(4, 3);

  interface Step {
    EventTable run() throws IOException, InterruptedException;
  }

  private final Deque<Step> steps = new ArrayDeque<>();
  private boolean closed;

  static EventTable at(long... times) {
    EventTable events = new EventTable("test", SENSOR);
    for (long time : times) {
      events.add((int) (time % 4), 1, time, true);
    }
    return events;
  }

  ScriptedStream then(long... times) {
    steps.add(() -> at(times));
    return this;
  }

  ScriptedStream then(Step step) {
    steps.add(step);
    return this;
  }

  @Override
  public Optional<SensorSize> sensor() {
    return Optional.of(SENSOR);
  }

  @Override
  public EventTable next() throws IOException, InterruptedException {
    return steps.isEmpty() ? at() : steps.removeFirst().run();
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }
}
