package org.dl4jsnn.event;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** N-MNIST: x, y, then polarity in the top bit of 24, and the time in the other 23, big-endian. */
final class NMnistDecoder implements EventDecoder {

  /** Bytes of an event. */
  static final int RECORD = 5;

  /** No row of the camera, whose last is 239: marks that the camera's counter wrapped. */
  static final int OVERFLOW_ROW = 240;

  private static final int OVERFLOW_MICROSECONDS = 1 << 13;
  private static final int TIME = (1 << 23) - 1;
  private static final int POLARITY = 1 << 23;

  private long overflow;

  @Override
  public EventFormat format() {
    return EventFormat.N_MNIST;
  }

  @Override
  public Optional<SensorSize> sensor() {
    return Optional.empty();
  }

  @Override
  public void decode(ByteSource source, EventSink sink) throws IOException {
    while (!sink.full() && source.begin(RECORD)) {
      int x = source.unsignedByte();
      int y = source.unsignedByte();
      int data = source.unsignedByte() << 16 | source.unsignedByte() << 8 | source.unsignedByte();
      if (y == OVERFLOW_ROW) {
        overflow += OVERFLOW_MICROSECONDS;
      } else {
        sink.add(x, y, overflow + (data & TIME), (data & POLARITY) != 0);
      }
    }
  }

  @Override
  public List<String> leftOut() {
    return List.of();
  }
}
