package org.dl4jsnn.event;

import java.util.Optional;

/** Decodes records that each have a time of 32 bits, which wraps. */
abstract sealed class StampedDecoder extends RunDecoder
    permits Aedat2Decoder, DavisDecoder, DatDecoder {

  /** Continues the records' times to 64 bits. */
  final UnwrappedTime time = new UnwrappedTime(Integer.SIZE);

  StampedDecoder(EventFormat format, Optional<SensorSize> sensor, int record) {
    super(format, sensor, record);
  }

  @Override
  final boolean timesHold(EventRun run) {
    return time.holds(run.firstTime(), run.lastTime());
  }

  @Override
  void runTaken(EventRun run) {
    time.moveTo(run.lastTime());
  }
}
