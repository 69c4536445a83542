package org.dl4jsnn.event;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The format-specific part of reading. Keeps its position between calls; one decoder per file. */
abstract sealed class EventDecoder implements Closeable
    permits RunDecoder, BlockDecoder, TextDecoder {

  private final EventFormat format;
  private final Optional<SensorSize> sensor;
  private final Map<String, Long> leftOut = new TreeMap<>();

  EventDecoder(EventFormat format, Optional<SensorSize> sensor) {
    this.format = format;
    this.sensor = sensor;
  }

  final EventFormat format() {
    return format;
  }

  /** The size that the file states, directly or by naming a camera. */
  final Optional<SensorSize> sensor() {
    return sensor;
  }

  /** Decodes until the sink is full or no whole record is left. */
  abstract void decode(ByteSource source, DecodedEvents sink) throws IOException;

  /** What is missing if the file may not end here, between two records. */
  Optional<String> missing() {
    return Optional.empty();
  }

  /** Whether events of the last record have yet to go into the sink. */
  boolean pending() {
    return false;
  }

  /** Releases what the decoder holds besides the source. */
  @Override
  public void close() throws IOException {}

  /** Counts what is left out, by kind. */
  final void leaveOut(String kind) {
    leaveOut(kind, 1);
  }

  final void leaveOut(String kind, long number) {
    if (number > 0) {
      leftOut.merge(kind, number, Long::sum);
    }
  }

  /** What was left out so far, for the reader's notes; one sentence per kind. */
  final List<String> leftOut() {
    List<String> sentences = new ArrayList<>();
    leftOut.forEach((kind, count) -> sentences.add("left out: " + count + " " + kind));
    return sentences;
  }
}
