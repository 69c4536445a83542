package org.dl4jsnn.examples.guide;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventReader;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.EventWriter;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.camera.GreyImage;
import org.dl4jsnn.event.camera.SimulatedCamera;

/** Files of events, read, written and simulated, as shown in docs/events.md. */
final class RecordingFiles {

  private RecordingFiles() {}

  static int[][] brighter(Path file) throws IOException {
    // begin read
    EventTable events = EventFiles.read(file); // such as cup.aedat
    int[][] brighter = new int[events.sensor().height()][events.sensor().width()];
    for (int i = 0; i < events.size(); i++) {
      if (events.on(i) && events.t(i) - events.t(0) < 100_000) { // µs
        brighter[events.y(i)][events.x(i)]++;
      }
    }
    // end read
    return brighter;
  }

  static List<String> inPieces(Path file) throws IOException {
    List<String> remarks = new ArrayList<>();
    int onEvents = 0;
    // begin pieces
    try (EventReader reader = EventFiles.open(file, ReadOptions.defaults())) {
      for (EventTable piece = reader.next(100_000);
          piece.size() > 0;
          piece = reader.next(100_000)) {
        onEvents += piece.onEvents();
      }
      remarks.addAll(reader.warnings()); // what was tolerated, as the options allow
      remarks.addAll(reader.notes()); // what was left out
    }
    // end pieces
    remarks.add(onEvents + " ON events");
    return remarks;
  }

  static void write(EventTable events, Path file) throws IOException {
    // begin write
    try (EventWriter writer = EventWriter.aedat4Lz4(file, events.sensor())) {
      writer.write(events); // or event by event: writer.accept(x, y, t, on)
      writer.finish();
    }
    // end write
  }

  static EventTable simulate(byte[] planes, Path file) throws IOException {
    // begin camera
    SimulatedCamera camera = SimulatedCamera.cifar10Dvs(1);
    GreyImage image = GreyImage.ofColourPlanes(32, 32, planes).enlarged(512, 512);
    EventTable events = camera.record(image, 7);
    try (EventWriter writer = EventWriter.aedat2(file, camera.settings().sensor())) {
      camera.record(image, 7, writer); // step by step, in memory that does not grow
      writer.finish(); // until then there is no file
    }
    // end camera
    return events;
  }
}
