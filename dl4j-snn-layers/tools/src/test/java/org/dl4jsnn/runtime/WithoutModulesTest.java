package org.dl4jsnn.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.kernel.Kernels;
import org.junit.jupiter.api.Test;

/** The runtime where Java's class library has no modules, as on Android. */
class WithoutModulesTest {

  /** Loads the library's classes anew and hides modules from them. */
  private static final class NoModules extends ClassLoader {

    NoModules() {
      super(WithoutModulesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("java.lang.Module")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("org.dl4jsnn.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void shouldUsePlainKernels() throws Exception {
    Class<?> kernels = new NoModules().loadClass(Kernels.class.getName());
    assertEquals(false, kernels.getMethod("vectorModulePresent").invoke(null));
    assertEquals(
        "PlainKernels", kernels.getMethod("chosen").invoke(null).getClass().getSimpleName());
    InvocationTargetException refused =
        assertThrows(
            InvocationTargetException.class,
            () -> kernels.getMethod("named", String.class).invoke(null, "vector"));
    assertInstanceOf(IllegalArgumentException.class, refused.getCause());
  }

  @Test
  void shouldGiveTheSameAnswer() throws Exception {
    byte[] file =
        SameAsLibrary.bytes(RuntimeExport.inSinglePrecision(), ExportedNetwork.RECURRENT.network());
    float[] features = HostArrays.floats(ExportedNetwork.RECURRENT.features(1, 1));
    Class<?> models = new NoModules().loadClass(SpikingModel.class.getName());
    Object model =
        models.getMethod("load", InputStream.class).invoke(null, new ByteArrayInputStream(file));
    Object answer = models.getMethod("run", float[].class).invoke(model, (Object) features);
    assertArrayEquals(
        SpikingModel.load(new ByteArrayInputStream(file)).run(features).outputs(),
        (float[]) answer.getClass().getMethod("outputs").invoke(answer),
        0);
  }
}
