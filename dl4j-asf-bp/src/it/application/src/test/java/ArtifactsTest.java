import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.SpikingDense;
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

  @Test
  void shouldNameTheirModules() throws Exception {
    try (JarFile layers = jarOf(SpikingDense.class);
        JarFile asf = jarOf(AsfBackprop.class)) {
      assertEquals("org.dl4jsnn.layers", moduleName(layers));
      assertEquals("org.dl4jsnn.asf", moduleName(asf));
    }
  }

  @Test
  void shouldHaveNoPackageInCommon() throws Exception {
    try (JarFile layers = jarOf(SpikingDense.class);
        JarFile asf = jarOf(AsfBackprop.class)) {
      Set<String> common = packages(layers);
      common.retainAll(packages(asf));
      assertEquals(Set.of(), common);
    }
  }

  @Test
  void shouldCarryTheLicence() throws Exception {
    for (Class<?> type : new Class<?>[] {SpikingDense.class, AsfBackprop.class}) {
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
