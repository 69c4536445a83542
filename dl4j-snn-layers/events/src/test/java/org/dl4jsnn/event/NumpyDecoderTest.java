package org.dl4jsnn.event;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyDecoderTest {

  private static final String USUAL = "[('t', '<i8'), ('x', '<i2'), ('y', '<i2'), ('p', '|b1')]";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"structured.npy", "seconds.npy"})
  void shouldReadWhatNumpyWrote(String name) throws IOException {
    MadeEvents.assertAre(EventFiles.read(MadeEvents.copy(folder, name)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'<i8';it must have named fields, got numbers of type <i8",
        "[('t', '<i8'), ('x', '<i2'), ('y', '<i2')];one of its fields must be named [p, ps,",
        "[('t', '<i8'), ('x', '<f4'), ('y', '<i2'), ('p', '|b1')];its field x must be of whole",
        "[('t', '<i8'), ('x', '<i2', (2,)), ('y', '<i2')];its fields must be plain numbers, got",
        "[('t', '<i8'), ('x', '>i2'), ('y', '<i2'), ('p', '|b1')];its fields must have one byte",
        "[('t', '<i8'), ('x', '<i2'), ('', '|V9999'), ('y', '<i2'), ('p', '|b1')];at most 1024",
        "[('t', '<i3'), ('x', '<i2'), ('y', '<i2'), ('p', '|b1')];its field t must be of whole",
      })
  void shouldSayWhatIsWrongWithFields(String descr, String expected) throws IOException {
    Recorded.in(folder, NumpyBytes.header(descr, 1).raw(new byte[64]))
        .assertRefusedFor("a NumPy file must be a table of events: ", expected);
  }

  @Test
  void shouldSayWhatIsWrongWithEvents() throws IOException {
    Bytes short1 = NumpyBytes.header(USUAL, 3).raw(new byte[2 * 13]);
    Recorded.in(folder, short1)
        .assertRefusedFor("", "the file must end with a whole record, got all but 1 of its 3");
    Bytes longer = NumpyBytes.header(USUAL, 1).raw(new byte[14]);
    Recorded.in(folder, longer)
        .assertRefusedFor("", "the file must end with the last of its 1 events, got more");
    byte[] event = new byte[13];
    event[12] = 5;
    Recorded.in(folder, NumpyBytes.header(USUAL, 1).raw(event))
        .assertRefusedFor("", "polarity must be 0 or 1, or -1 or 1, got 5");
    Recorded.in(folder, new Bytes().bytes(0x93).text("NUMPY").bytes(2, 0).little32(1 << 30))
        .assertRefusedFor("", "its header must have at most 65536 bytes");
  }
}
