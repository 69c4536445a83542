import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.channels.LoopThread;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.Transform;

/**
 * Starts the notebooks' kernel, and opens its channels again until all of them are served.
 *
 * <p>The kernel (3.0.1) starts the thread of a channel before it sets the flag that keeps the
 * thread running, so in a third of all starts a thread ends at once, and Jupyter waits for an
 * answer that never comes. Jupyter repeats its first request until it is answered, so nothing is
 * lost when the channels are opened anew.
 *
 * <p>Java compiles this file when the kernel starts: it needs the kernel's classes, and must not
 * bring any others into the kernel's class path.
 */
final class KernelStart {

  private static final Logger LOGGER = Logger.getLogger(KernelStart.class.getSimpleName());

  /** Of the heartbeat, of requests, and of control. */
  private static final int THREADS = 3;

  private static final int ATTEMPTS = 50;

  private static final long POLL_MILLIS = 1;

  private KernelStart() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 1) {
      throw new IllegalArgumentException(
          "one argument must name the connection file, got " + args.length);
    }
    readLogging();
    ConnectionProperties connection =
        Transform.fromJson(Files.readString(Path.of(args[0])), ConnectionProperties.class);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Channels channels = new Channels(connection);
      channels.connect(MainApp.kernel);
      List<LoopThread> running = settled();
      if (running.size() == THREADS) {
        channels.joinUntilClose();
        return;
      }
      LOGGER.info(
          "Attempt " + attempt + ": only " + running.size() + " of the channels are served");
      for (LoopThread thread : running) {
        thread.shutdown();
        thread.join();
      }
      channels.close();
    }
    throw new IllegalStateException(
        "The kernel's channels must all be served, got fewer in " + ATTEMPTS + " attempts");
  }

  private static void readLogging() throws IOException {
    try (InputStream properties = MainApp.class.getResourceAsStream("/logging.properties")) {
      LogManager.getLogManager().readConfiguration(properties);
    }
  }

  /**
   * The channels' threads that keep running. Waits no longer than until one has ended or all are
   * past the check of their flag: a request that is answered before the channels are opened anew
   * would be the last to be answered.
   */
  private static List<LoopThread> settled() throws InterruptedException {
    while (true) {
      Map<Thread, StackTraceElement[]> stacks = Thread.getAllStackTraces();
      List<LoopThread> alive = new ArrayList<>();
      boolean serving = true;
      for (Map.Entry<Thread, StackTraceElement[]> stack : stacks.entrySet()) {
        if (stack.getKey() instanceof LoopThread thread) {
          alive.add(thread);
          serving &= isServing(stack.getValue());
        }
      }
      if (alive.size() < THREADS || serving) {
        return alive;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Whether a thread is in its loop's body or pause, so has found its flag set. */
  private static boolean isServing(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .skip(1)
        .anyMatch(frame -> frame.getClassName().equals(LoopThread.class.getName()));
  }
}
