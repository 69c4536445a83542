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
  void shouldListenOnceAndNotAfterItsEnd() {
    StopRequest stop = StopRequest.onSignal(() -> {});
    stop.listen();
    stop.listen();
    stop.close();
    stop.close();
    stop.listen();
    assertFalse(stop.isRequested());
  }
}
