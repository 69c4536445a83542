package org.dl4jsnn.event.stream;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dl4jsnn.event.EventReader;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;

/** The events of a complete file. */
final class RecordedStream implements EventStream {

  private static final int BATCH = 1 << 14;

  private final EventReader reader;

  RecordedStream(EventReader reader) {
    this.reader = reader;
  }

  @Override
  public Optional<SensorSize> sensor() {
    return reader.sensor();
  }

  @Override
  public EventTable next() throws IOException {
    // What is in front of damage, before its exception.
    return reader.nextArrived(BATCH);
  }

  @Override
  public List<String> warnings() {
    return reader.warnings();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
