import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.event.EventReader;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.train.Training;
import org.junit.jupiter.api.Test;

/** What the jars themselves promise. */
class ArtifactsTest {

  private static JarFile jarOf(Class<?> type) throws Exception {
    return new JarFile(
        new File(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
  }

  private static String moduleName(JarFile jar) throws Exception {
    return jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
  }

  private static Set<String> packages(JarFile jar) {
    return jar.stream()
        .map(entry -> entry.getName())
        .filter(name -> name.endsWith(".class"))
        .map(name -> name.substring(0, name.lastIndexOf('/')))
        .collect(Collectors.toSet());
  }

  /** A class of each jar, by the name of the module. */
  private static final Map<String, Class<?>> MODULES =
      Map.of(
          "org.dl4jsnn.engine", SpikingModel.class,
          "org.dl4jsnn.layers", SpikingDense.class,
          "org.dl4jsnn.events", EventReader.class,
          "org.dl4jsnn.tools", Training.class,
          "org.dl4jsnn.nir", NirGraph.class,
          "org.dl4jsnn.asf", AsfBackprop.class);

  @Test
  void shouldNameTheirModules() throws Exception {
    for (Map.Entry<String, Class<?>> module : MODULES.entrySet()) {
      try (JarFile jar = jarOf(module.getValue())) {
        assertEquals(module.getKey(), moduleName(jar));
      }
    }
  }

  @Test
  void shouldHaveNoPackageInCommon() throws Exception {
    Set<String> seen = new HashSet<>();
    for (Class<?> type : MODULES.values()) {
      try (JarFile jar = jarOf(type)) {
        for (String name : packages(jar)) {
          assertTrue(seen.add(name), name + " of " + jar.getName() + " is in another jar");
        }
      }
    }
  }

  @Test
  void shouldCarryTheLicence() throws Exception {
    for (Class<?> type : MODULES.values()) {
      try (JarFile jar = jarOf(type)) {
        assertNotNull(jar.getEntry("META-INF/LICENSE"), jar.getName());
      }
    }
  }

  @Test
  void shouldBringNoLogging() {
    assertThrows(
        ClassNotFoundException.class, () -> Class.forName("ch.qos.logback.classic.Logger"));
  }
}
