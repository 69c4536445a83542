package org.dl4jsnn.event;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The format-specific part of reading. Keeps its position between calls; one decoder per file. */
sealed interface EventDecoder extends Closeable permits RunDecoder, BlockDecoder, TextDecoder {

  EventFormat format();

  /** The size that the file states, directly or by naming a camera. */
  Optional<SensorSize> sensor();

  /**
   * Decodes until the sink is full or no whole record is left.
   *
   * @throws EventFormatException if a record breaks a rule
   */
  void decode(ByteSource source, DecodedEvents sink) throws IOException;

  /**
   * Checks whether the file may end here, given that no bytes of a record are left over.
   *
   * @return what is missing, if it may not end here
   */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /** Whether events of the last record have yet to go into the sink. */
  default boolean pending() {
    return false;
  }

  /** Releases what the decoder holds besides the source. */
  @Override
  default void close() throws IOException {}

  /** What was left out so far, for the reader's notes; one sentence per kind. */
  List<String> leftOut();
}
