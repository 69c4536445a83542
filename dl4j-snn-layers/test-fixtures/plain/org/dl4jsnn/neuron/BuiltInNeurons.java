package org.dl4jsnn.neuron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The neurons of the library, found among its classes. */
public final class BuiltInNeurons {

  private BuiltInNeurons() {}

  /** Every neuron is in the table of a format, or in the list of those that it does not carry. */
  public static void assertAllIn(
      String table, Collection<? extends Class<?>> carried, Class<?>... missing) {
    Set<String> unknown = names();
    Stream.concat(carried.stream(), Stream.of(missing))
        .forEach(
            type -> assertTrue(unknown.remove(type.getName()), type + ": twice, or no neuron"));
    assertEquals(Set.of(), unknown, "Give these an entry in " + table + ", or list them here");
  }

  /** Names of all neurons in and below the package of neurons. */
  private static Set<String> names() {
    try {
      URI place = SpikingNeuron.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path path = Path.of(place);
      if (Files.isDirectory(path)) {
        return names(path);
      }
      try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
        return names(jar.getPath("/"));
      }
    } catch (Exception e) {
      throw new AssertionError("the library's classes must be readable", e);
    }
  }

  private static Set<String> names(Path root) throws IOException, ClassNotFoundException {
    Path neurons = root.resolve(BuiltInNeurons.class.getPackageName().replace('.', '/'));
    List<String> names;
    try (Stream<Path> files = Files.walk(neurons)) {
      names =
          files
              .map(file -> root.relativize(file).toString().replace('\\', '/'))
              .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
              .map(file -> file.replace(".class", "").replace('/', '.'))
              .toList();
    }
    Set<String> found = new TreeSet<>();
    for (String name : names) {
      Class<?> type = Class.forName(name);
      if (NeuronDynamics.class.isAssignableFrom(type) && !type.isInterface()) {
        found.add(name);
      }
    }
    return found;
  }
}
