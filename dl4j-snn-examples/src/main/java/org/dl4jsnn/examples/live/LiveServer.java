package org.dl4jsnn.examples.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.dl4jsnn.examples.support.ThisMachine;
import org.dl4jsnn.examples.support.UserError;

/**
 * Serves one page, as it is at the moment. A client that does not finish its request keeps a thread
 * for a few seconds, of which there are enough for others. Requests must name {@link ThisMachine}.
 */
final class LiveServer implements AutoCloseable {

  /** Those below are the system's, on most systems. */
  private static final int FIRST_FREE_PORT = 1024;

  /** What the page needs is in it; nothing else may be asked for. */
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
          + " connect-src 'self'";

  /** At most; they end when there is nothing to do. */
  private static final int THREADS = 256;

  private static final int IDLE_SECONDS = 10;

  /** In seconds; a request of a browser takes far less. */
  private static final String LONGEST_REQUEST = "3";

  /** In seconds; a page may go over a slow network. */
  private static final String LONGEST_ANSWER = "10";

  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;

  private final HttpServer server;
  private final ThreadPoolExecutor executor;
  private final Supplier<String> page;

  private LiveServer(HttpServer server, Supplier<String> page) {
    this.server = server;
    this.page = page;
    executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "live page");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    server.setExecutor(executor);
    server.createContext("/", this::answer);
  }

  /** Starts it; port 0 takes any that is free. Several threads at once make the page. */
  static LiveServer start(InetAddress address, int port, Supplier<String> page) {
    limitSlowClients();
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
      LiveServer started = new LiveServer(server, page);
      server.start();
      return started;
    } catch (IOException e) {
      throw new UserError(
          "Cannot listen on port " + port + ": " + e.getMessage() + cause(e, port), e);
    }
  }

  /**
   * Ends connections of clients that do not finish a request or do not take the answer. The JDK's
   * server has no other way than these properties, which hold for the whole Java, so they are set
   * here, in the program, and only if nobody else has. Whoever sends a byte now and then does not
   * gain time.
   */
  private static void limitSlowClients() {
    limit("maxReqTime", LONGEST_REQUEST);
    limit("maxRspTime", LONGEST_ANSWER);
  }

  private static void limit(String property, String seconds) {
    String name = "sun.net.httpserver." + property;
    if (System.getProperty(name) == null) {
      System.setProperty(name, seconds);
    }
  }

  /** The system's words are in the user's language, and a low port may lack a permission. */
  private static String cause(IOException failure, int port) {
    return failure instanceof BindException && port >= FIRST_FREE_PORT
        ? ". Possible cause: another program listens there; --port 0 takes one that is free"
        : ". Try another --port";
  }

  /** Where the page is. */
  String address() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!isAskedByItsName(exchange)) {
        exchange.sendResponseHeaders(FORBIDDEN, -1);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(NOT_ALLOWED, -1);
      } else if (!exchange.getRequestURI().getPath().equals("/")) {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
      } else {
        byte[] bytes = page.get().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(OK, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private boolean isAskedByItsName(HttpExchange exchange) {
    return ThisMachine.mayBeAsked(
        server.getAddress().getAddress(), exchange.getRequestHeaders().getFirst("Host"));
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
