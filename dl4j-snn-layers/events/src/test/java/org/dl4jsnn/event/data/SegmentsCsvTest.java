package org.dl4jsnn.event.data;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.event.WrittenFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentsCsvTest {

  private static final SensorSize SENSOR = new SensorSize(34, 34);

  @TempDir private Path folder;

  @BeforeEach
  void writeRecordings() throws IOException {
    Recordings.write(folder.resolve("a.bin"), WrittenFormat.N_MNIST, 1);
    Recordings.write(folder.resolve("deep/b.bin"), WrittenFormat.N_MNIST, 2);
  }

  private EventDataSet read(String... lines) throws IOException {
    Path table = Files.write(folder.resolve("t.csv"), List.of(lines));
    return EventDataSet.segments(table, "by_day", SENSOR);
  }

  private EventSample sample(String file, int label, long start, long end) {
    return new EventSample(folder.resolve(file), label, Optional.of(new TimeWindow(start, end)));
  }

  @Test
  void shouldReadPartsOfRecordings() throws IOException {
    EventDataSet data =
        read(
            "label,file,other,t_end_us,t_start_us,by_day",
            "mug,a.bin,1,20,10,train",
            "box,a.bin,2,30,20,train",
            "unused,a.bin,2,30,20,",
            "",
            "box,deep/b.bin,3,9,8,validation",
            "mug,deep/b.bin,4,3000000000,2000000000,test");
    assertEquals(List.of("box", "mug"), data.classes());
    assertEquals(List.of(sample("a.bin", 1, 10, 20), sample("a.bin", 0, 20, 30)), data.train());
    assertEquals(List.of(sample("deep/b.bin", 0, 8, 9)), data.heldOut());
    assertEquals(List.of(sample("deep/b.bin", 1, 2_000_000_000L, 3_000_000_000L)), data.test());
    assertEquals(
        "t.csv: 2 classes, 2 training, 1 held out and 1 test samples of 34 x 34", data.toString());
  }

  @Test
  void shouldReadWholeRecordingsWhereNoTimesAreGiven() throws IOException {
    EventDataSet data = read("file,label,by_day", "a.bin,7,train", "deep/b.bin,5,test");
    assertEquals(List.of("5", "7"), data.classes());
    assertEquals(List.of(new EventSample(folder.resolve("a.bin"), 1)), data.train());
  }

  @Test
  void shouldFindRecordingsInAnotherFolder() throws IOException {
    Path table = Files.write(folder.resolve("t.csv"), List.of("file,label,s", "b.bin,x,test"));
    EventDataSet data = EventDataSet.segments(table, folder.resolve("deep"), "s", SENSOR);
    assertEquals(folder.resolve("deep/b.bin"), data.test().get(0).file());
  }

  /** Messages behind the table's name, and the table's lines; HEADER is the usual first one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          : the first line must name the columns, got an empty file |
          : the first line must name a column by_day, got [file, label] | file,label / a.bin,x
          at line 2: the line must have 5 cells as the first line has, got 2 | HEADER / a.bin,x
          at line 3: by_day must be train, validation, test or empty, got later | HEADER / a.bin,x,1,2,train / a.bin,x,1,2,later
          at line 2: t_start_us must be a whole number of at least 0, got -1 | HEADER / a.bin,x,-1,2,train
          at line 2: t_end_us must be after t_start_us, 2, got 2 | HEADER / a.bin,x,2,2,train
          at line 2: cells must have no quotes, got "a.bin",x,1,2,train | HEADER / "a.bin",x,1,2,train
          at line 2: file must be a recording in FOLDER, got c.bin. Possible cause: the table belongs to other recordings or another folder | HEADER / c.bin,x,1,2,train
          at line 2: label must not be empty, got a.bin,,1,2,train | HEADER / a.bin,,1,2,train
          at line 4: a sample must have one label and be in one split, got that of line 2 again | HEADER / a.bin,x,1,2,train / a.bin,x,2,3,train / a.bin,x,1,2,test
          at line 3: a sample must have one label and be in one split, got that of line 2 again | HEADER / a.bin,x,1,2,train / a.bin,y,1,2,train
          at line 3: a sample must have one label and be in one split, got that of line 2 again | HEADER / a.bin,x,1,2,train / ./deep/../a.bin,x,1,2,test
          at line 3: a recording must be listed once if there are no columns t_start_us and t_end_us, got a.bin again. Possible cause: time columns with other names | file,label,start,end,by_day / a.bin,x,1,2,train / a.bin,x,2,3,train
          : column by_day must use at least one sample, got none | HEADER / a.bin,x,1,2,
          : the first line must name a column t_end_us, got [file, label, t_start_us, by_day] | file,label,t_start_us,by_day / a.bin,x,1,train
          """)
  void shouldSayWhatIsWrong(String message, String lines) {
    String header = "file,label,t_start_us,t_end_us,by_day";
    String[] table = lines == null ? new String[0] : lines.replace("HEADER", header).split(" / ");
    String place = folder.resolve("t.csv") + (message.startsWith(":") ? "" : " ");
    assertMessage(
        IOException.class, place + message.replace("FOLDER", folder.toString()), () -> read(table));
  }

  @Test
  void shouldSayHowToLayOutATableThatIsMissing() {
    Path table = folder.resolve("none.csv");
    assertMessage(
        FileNotFoundException.class,
        "the table of segments must be a file, got none at "
            + table
            + ". Lay it out with the columns file, label, t_start_us, t_end_us, s",
        () -> EventDataSet.segments(table, "s", SENSOR));
  }

  @Test
  void shouldReadWhatSpreadsheetsWrite() throws IOException {
    String mark = "\uFEFF";
    EventDataSet data = read(mark + "file,label,t_start_us,t_end_us,by_day", "a.bin,x,1,2,train");
    assertEquals(List.of(sample("a.bin", 0, 1, 2)), data.train());
  }
}
