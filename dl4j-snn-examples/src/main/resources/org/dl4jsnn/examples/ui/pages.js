
/* Added by dl4j-snn: the way to the page of spiking layers, and the times of a training. */
$(document).ready(function () {
    var link = $("<li class='nav-item'><a class='nav-link' href='/spiking'>"
        + "<svg class='nav-icon' viewBox='0 0 16 16' aria-hidden='true' style='height:.875rem;"
        + "vertical-align:-.125em;fill:none;stroke:currentColor;stroke-width:1.5'>"
        + "<path d='M1 10h4l1-8 2 12 1-4h6'/></svg>Spiking</a></li>");
    $(".sidebar-nav > .nav > .nav-item").not(".nav-dropdown").last().after(link);
});

/* The overview empties both cells with every answer that it gets. */
$(document).ajaxComplete(function (event, answer, request) {
    if (!/overview\/data$/.test(request.url)) {
        return;
    }
    $.getJSON("/train/" + encodeURIComponent(currSession) + "/times", function (times) {
        $("#startTime").text(times.start);
        $("#totalRuntime").text(times.runtime);
    });
});
