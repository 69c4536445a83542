package org.dl4jsnn.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Every format with a writer. */
public enum WrittenFormat {
  AEDAT_2(EventFormat.AEDAT_2, new SensorSize(128, 128), new Aedat2Bytes()),
  AEDAT_3_1(EventFormat.AEDAT_3_1, new SensorSize(128, 128), new Aedat31Writer()),
  PROPHESEE_DAT(EventFormat.PROPHESEE_DAT, TestEvent.SENSOR, new DatWriter()),
  EVT_2(EventFormat.EVT_2, TestEvent.SENSOR, new Evt2Writer()),
  EVT_3(EventFormat.EVT_3, TestEvent.SENSOR, new Evt3Writer()),
  N_MNIST(EventFormat.N_MNIST, TestEvent.SENSOR, new NMnistBytes());

  public final EventFormat format;
  public final SensorSize sensor;
  private final RecordingWriter writer;

  WrittenFormat(EventFormat format, SensorSize sensor, RecordingWriter writer) {
    this.format = format;
    this.sensor = sensor;
    this.writer = writer;
  }

  public byte[] bytes(List<TestEvent> events) {
    return writer.write(events);
  }

  Path write(Path folder, List<TestEvent> events) throws IOException {
    return Files.write(folder.resolve("recording.jpg"), bytes(events));
  }

  /** What reads it, with the size that N-MNIST's layout lacks. */
  ReadOptions options() {
    return ReadOptions.defaults().sensor(TestEvent.SENSOR.width(), TestEvent.SENSOR.height());
  }
}
