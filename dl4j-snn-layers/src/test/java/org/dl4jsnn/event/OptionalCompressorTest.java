package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application without {@code io.airlift:aircompressor} sees. */
class OptionalCompressorTest {

  @TempDir private Path folder;
  private URLClassLoader without;

  @BeforeEach
  void loadWithoutTheLibrary() throws MalformedURLException {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.contains("aircompressor")) {
        classPath.add(Path.of(entry).toUri().toURL());
      }
    }
    without =
        new URLClassLoader(classPath.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  @AfterEach
  void close() throws IOException {
    without.close();
  }

  private Object read(Path file) throws ReflectiveOperationException {
    return without
        .loadClass(EventFiles.class.getName())
        .getMethod("read", Path.class)
        .invoke(null, file);
  }

  private static Throwable cause(InvocationTargetException e) {
    return e.getCause();
  }

  @Test
  void shouldNameTheLibraryThatZstandardNeeds() throws IOException {
    Path file = MadeEvents.copy(folder, "zstandard.aedat4");
    Throwable failure = cause(assertThrows(InvocationTargetException.class, () -> read(file)));
    assertEquals(EventFormatException.class.getName(), failure.getClass().getName());
    assertTrue(
        failure
            .getMessage()
            .contains(
                "for packets in Zstandard io.airlift:aircompressor must be on the class path, got"
                    + " none. Possible cause: it is an optional dependency"),
        failure.getMessage());
  }

  @Test
  void shouldReadUncompressedFilesAndLz4WithoutIt()
      throws IOException, ReflectiveOperationException {
    List<TestEvent> events = TestEvent.random(1, 1000);
    for (WrittenFormat format : List.of(WrittenFormat.AEDAT_4, WrittenFormat.AEDAT_4_LZ4)) {
      assertEquals(
          "1000 events of 34 x 34 (AEDAT 4)", read(format.write(folder, events)).toString());
    }
  }

  @Test
  void shouldRefuseToBeginAFileInLz4() throws ReflectiveOperationException {
    Class<?> sensor = without.loadClass(SensorSize.class.getName());
    Class<?> compression = without.loadClass(Aedat4Writer.Compression.class.getName());
    Object lz4 = compression.getEnumConstants()[Aedat4Writer.Compression.LZ4.ordinal()];
    Object size = sensor.getConstructor(int.class, int.class).newInstance(34, 34);
    Throwable failure =
        cause(
            assertThrows(
                InvocationTargetException.class,
                () ->
                    without
                        .loadClass(Aedat4Writer.class.getName())
                        .getConstructor(Path.class, sensor, compression)
                        .newInstance(folder.resolve("file"), size, lz4)));
    assertTrue(failure instanceof IllegalStateException, failure.toString());
    assertTrue(failure.getMessage().startsWith("io.airlift:aircompressor must be on the class"));
    assertTrue(Files.notExists(folder.resolve("file")));
  }
}
