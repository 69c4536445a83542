package org.dl4jsnn.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Every format with a writer. */
public enum WrittenFormat {
  AEDAT_2(EventFormat.AEDAT_2, new SensorSize(128, 128), new Aedat2Bytes()),
  AEDAT_2_DAVIS(EventFormat.AEDAT_2, new SensorSize(346, 260), new DavisBytes()),
  AEDAT_3_1(EventFormat.AEDAT_3_1, new SensorSize(128, 128), new Aedat31Writer()),
  AEDAT_4(EventFormat.AEDAT_4, TestEvent.SENSOR, new Aedat4Bytes(0)),
  AEDAT_4_LZ4(EventFormat.AEDAT_4, TestEvent.SENSOR, new Aedat4Bytes(1)),
  AEDAT_4_ZSTD(EventFormat.AEDAT_4, TestEvent.SENSOR, new Aedat4Bytes(3)),
  PROPHESEE_DAT(EventFormat.PROPHESEE_DAT, TestEvent.SENSOR, new DatWriter()),
  EVT_2(EventFormat.EVT_2, TestEvent.SENSOR, new Evt2Writer()),
  EVT_2_1(EventFormat.EVT_2_1, TestEvent.SENSOR, new Evt21Bytes(false)),
  EVT_2_1_LEGACY(EventFormat.EVT_2_1, TestEvent.SENSOR, new Evt21Bytes(true)),
  EVT_3(EventFormat.EVT_3, TestEvent.SENSOR, new Evt3Bytes()),
  N_MNIST(EventFormat.N_MNIST, TestEvent.SENSOR, new NMnistBytes()),
  NUMPY(EventFormat.NUMPY, TestEvent.SENSOR, new NumpyBytes()),
  TEXT(EventFormat.TEXT, TestEvent.SENSOR, new TextBytes()),
  HDF5(EventFormat.HDF5, TestEvent.SENSOR, new Hdf5Bytes());

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

  /** In bytes: a word or record of a binary format, a line of a text. */
  int longestRecord() {
    return this == TEXT ? "33,33,1,".length() + 8 : 8;
  }

  /** How to read it, with the size that some formats lack. */
  ReadOptions options() {
    return ReadOptions.defaults().sensor(TestEvent.SENSOR.width(), TestEvent.SENSOR.height());
  }
}
