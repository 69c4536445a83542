package org.dl4jsnn.event.stream;

import java.io.IOException;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.ReadOptions;

/** A program that counts the events of its standard input, and then the bytes that are left. */
final class CountsStandardInput {

  private CountsStandardInput() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int events = 0;
    try (EventStream stream = EventStream.standardInput(ReadOptions.defaults())) {
      for (EventTable piece = stream.next(); piece.size() > 0; piece = stream.next()) {
        events += piece.size();
      }
      System.out.println(events + " events on " + stream.sensor().orElseThrow());
    }
    // It is not closed with the stream: other code may read on.
    System.out.println("then " + System.in.read());
  }
}
