package org.dl4jsnn.examples.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dl4jsnn.examples.support.UserError;
import org.junit.jupiter.api.Test;

class EventNetworkOptionsTest {

  @Test
  void shouldHaveThePublishedLayersByDefault() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.check();
    assertEquals("64C3-64C3-AP2-128C3-128C3-256C3-MP2-1024", options.notation().toString());
  }

  @Test
  void shouldNameTheOptionOfLayersThatItCannotRead() {
    EventNetworkOptions options = new EventNetworkOptions();
    options.network = "64c3";
    String message = assertThrows(UserError.class, options::check).getMessage();
    assertTrue(message.startsWith("--network must be written like 64C3-AP2"), message);
    assertTrue(message.endsWith("got 64c3 in 64c3"), message);
  }
}
