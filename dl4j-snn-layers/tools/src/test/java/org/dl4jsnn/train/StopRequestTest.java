package org.dl4jsnn.train;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StopRequestTest {

  @Test
  void shouldKeepARequestFromAnyThread() throws InterruptedException {
    try (StopRequest stop = StopRequest.onSignal()) {
      assertFalse(stop.isRequested());
      Thread other = new Thread(stop::request);
      other.start();
      other.join();
      assertTrue(stop.isRequested());
    }
  }

  @Test
  void shouldListenToSignalsOnlyIfItIsMadeByThem() {
    try (StopRequest signals = StopRequest.onSignal(() -> {});
        StopRequest program = StopRequest.byProgram()) {
      signals.listen();
      program.listen();
      assertTrue(Runtime.getRuntime().removeShutdownHook(signals.hook));
      assertFalse(Runtime.getRuntime().removeShutdownHook(program.hook));
    }
  }

  @Test
  void shouldListenOnceAndNotAfterItsEnd() {
    StopRequest stop = StopRequest.onSignal(() -> {});
    stop.listen();
    stop.listen();
    stop.close();
    assertFalse(Runtime.getRuntime().removeShutdownHook(stop.hook), "closed");
    stop.close();
    stop.listen();
    assertFalse(Runtime.getRuntime().removeShutdownHook(stop.hook), "after its end");
    assertFalse(stop.isRequested());
  }
}
