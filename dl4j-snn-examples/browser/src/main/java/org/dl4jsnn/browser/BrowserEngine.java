package org.dl4jsnn.browser;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.dl4jsnn.runtime.SpikingModel;
import org.teavm.jso.JSExport;

/** What a page calls first. Exceptions reach it as errors with their messages. */
public final class BrowserEngine {

  /** A longer body is refused: what a page loads should be small. */
  private static final long MOST_BYTES = 1L << 23;

  private BrowserEngine() {}

  /** Nothing to do when the module is loaded. */
  public static void main(String[] args) {
    // A page calls the functions below.
  }

  /**
   * Loads a model.
   *
   * @param bytes a compact model file, at most 8 MiB
   * @return the model
   * @throws IOException if it is damaged, of another kind or version, or too large
   */
  @JSExport
  public static BrowserModel model(byte[] bytes) throws IOException {
    // Buffered, since TeaVM 0.16's ByteArrayInputStream reads the same bytes again after
    // readNBytes.
    return new BrowserModel(
        SpikingModel.load(new BufferedInputStream(new ByteArrayInputStream(bytes)), MOST_BYTES));
  }
}
