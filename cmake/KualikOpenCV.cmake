# OpenCV, found once at the top for all stages that link it (page, ocr, video) and for what links them. Link the imported targets opencv_core, opencv_imgproc, …
# privately: no public header includes it.
include_guard(GLOBAL)
find_package(OpenCV 4.5 REQUIRED GLOBAL COMPONENTS core imgproc imgcodecs video calib3d features2d objdetect dnn photo)
