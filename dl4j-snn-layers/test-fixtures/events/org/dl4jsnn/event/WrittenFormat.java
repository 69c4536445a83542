package org.dl4jsnn.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Every format with a writer. */
public enum WrittenFormat {
  AEDAT_2(EventFormat.AEDAT_2, new SensorSize(128, 128), RecordFormats::aedat2),
  AEDAT_2_DAVIS(EventFormat.AEDAT_2, new SensorSize(346, 260), RecordFormats::davis),
  AEDAT_3_1(EventFormat.AEDAT_3_1, new SensorSize(128, 128), Aedat31Writer::write),
  AEDAT_4(EventFormat.AEDAT_4, TestEvent.SENSOR, new Aedat4Bytes(0)::write),
  AEDAT_4_LZ4(EventFormat.AEDAT_4, TestEvent.SENSOR, new Aedat4Bytes(1)::write),
  AEDAT_4_ZSTD(EventFormat.AEDAT_4, TestEvent.SENSOR, new Aedat4Bytes(3)::write),
  PROPHESEE_DAT(EventFormat.PROPHESEE_DAT, TestEvent.SENSOR, RecordFormats::dat),
  EVT_2(EventFormat.EVT_2, TestEvent.SENSOR, RecordFormats::evt2),
  EVT_2_1(EventFormat.EVT_2_1, TestEvent.SENSOR, events -> RecordFormats.evt21(events, false)),
  EVT_2_1_LEGACY(EventFormat.EVT_2_1, TestEvent.SENSOR, events -> RecordFormats.evt21(events, true)),
  EVT_3(EventFormat.EVT_3, TestEvent.SENSOR, RecordFormats::evt3),
  N_MNIST(EventFormat.N_MNIST, TestEvent.SENSOR, RecordFormats::nMnist),
  NUMPY(EventFormat.NUMPY, TestEvent.SENSOR, NumpyBytes::write),
  TEXT(EventFormat.TEXT, TestEvent.SENSOR, RecordFormats::text),
  HDF5(EventFormat.HDF5, TestEvent.SENSOR, Hdf5Bytes::write);

  public final EventFormat format;
  public final SensorSize sensor;
  private final Function<List<TestEvent>, byte[]> writer;

  WrittenFormat(EventFormat format, SensorSize sensor, Function<List<TestEvent>, byte[]> writer) {
    this.format = format;
    this.sensor = sensor;
    this.writer = writer;
  }

  public byte[] bytes(List<TestEvent> events) {
    return writer.apply(events);
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
