package org.dl4jsnn.event;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is particular to a format. Holds its place between calls; one a file. */
sealed interface EventDecoder extends Closeable permits RunDecoder, BlockDecoder, TextDecoder {

  EventFormat format();

  /** The size that the file states, itself or by naming a camera. */
  Optional<SensorSize> sensor();

  /**
   * Decodes until the sink is full, or no whole record is left.
   *
   * @throws EventFormatException if a record breaks a rule
   */
  void decode(ByteSource source, DecodedEvents sink) throws IOException;

  /**
   * Whether the file may end where the decoder is, if no bytes of a record are left over.
   *
   * @return what is missing, if it may not
   */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /** Whether events of the last record are yet to go into the sink. */
  default boolean pending() {
    return false;
  }

  /** Gives back what the decoder holds beside the source. */
  @Override
  default void close() throws IOException {}

  /** What was left out so far, for the reader's notes; one sentence a kind. */
  List<String> leftOut();
}
