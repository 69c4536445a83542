package org.dl4jsnn.event.stream;

import java.util.List;
import java.util.Optional;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;

/** Events in memory, in one piece. */
final class WholeStream implements EventStream {

  private final EventTable events;
  private boolean given;

  WholeStream(EventTable events) {
    this.events = events;
  }

  @Override
  public Optional<SensorSize> sensor() {
    return Optional.of(events.sensor());
  }

  @Override
  public EventTable next() {
    if (given) {
      return new EventTable(events.format(), events.sensor());
    }
    given = true;
    return events;
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public void close() {}
}
