package org.dl4jsnn.examples.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Which kernel OpenBLAS has is known where its library is loaded. */
class BlasKernelTest {

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void shouldNameTheKernelThatOpenBlasChose() {
    String name = BlasKernel.name();
    assertTrue(name.matches("[A-Z][A-Za-z0-9]+"), name);
    assertEquals(name, BlasKernel.name());
  }
}
